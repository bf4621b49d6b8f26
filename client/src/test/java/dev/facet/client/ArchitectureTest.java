package dev.facet.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.Test;

/** The client has few dependencies, for the applications that use it. */
class ArchitectureTest {

  private static final JavaClasses CLIENT =
      new ClassFileImporter()
          .importUrl(FacetClient.class.getProtectionDomain().getCodeSource().getLocation());

  private static final SliceAssignment TOP_LEVEL_CLASSES =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
          return javaClass.getPackageName().equals("dev.facet.client")
              ? SliceIdentifier.of(javaClass.getName().replaceFirst("\\$.*", ""))
              : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
          return "top-level classes";
        }
      };

  @Test
  void the_client_depends_on_core_jackson_and_the_signer_only() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.facet.client",
            "dev.facet.core.faces",
            "com.fasterxml.jackson.core..",
            "com.fasterxml.jackson.databind..",
            "software.amazon.awssdk.http..",
            "software.amazon.awssdk.identity.spi..",
            "software.amazon.awssdk.utils..",
            "org.jspecify.annotations",
            "java..")
        .check(CLIENT);
  }

  @Test
  void classes_depend_one_way() {
    slices().assignedFrom(TOP_LEVEL_CLASSES).should().beFreeOfCycles().check(CLIENT);
  }
}
