package dev.facet.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.Test;

/** Calibration is a library that the commands use. */
class ArchitectureTest {

  private static final JavaClasses CLI =
      new ClassFileImporter()
          .importUrl(Facet.class.getProtectionDomain().getCodeSource().getLocation());

  private static final SliceAssignment CALIBRATION =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
          return javaClass.getPackageName().equals("dev.facet.cli.calibration")
              ? SliceIdentifier.of(javaClass.getName().replaceFirst("\\$.*", ""))
              : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
          return "top-level classes of the calibration";
        }
      };

  @Test
  void packages_depend_one_way() {
    slices().matching("dev.facet.(cli..)").should().beFreeOfCycles().check(CLI);
  }

  @Test
  void calibration_knows_no_commands_and_no_service() {
    noClasses()
        .that()
        .resideInAPackage("dev.facet.cli.calibration..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.facet.cli", "dev.facet.client..", "dev.facet.local..", "picocli..")
        .check(CLI);
  }

  @Test
  void classes_of_the_calibration_depend_one_way() {
    slices().assignedFrom(CALIBRATION).should().beFreeOfCycles().check(CLI);
  }
}
