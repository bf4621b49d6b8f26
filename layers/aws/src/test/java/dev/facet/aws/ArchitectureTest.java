package dev.facet.aws;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** The adapters depend on the domain and the AWS SDK, never on a function or a local service. */
class ArchitectureTest {

  private static final JavaClasses AWS =
      new ClassFileImporter()
          .importUrl(Tables.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void aws_depends_on_core_alone_of_the_modules() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.facet.api..",
            "dev.facet.face..",
            "dev.facet.keys..",
            "dev.facet.vision..",
            "dev.facet.local..",
            "dev.facet.client..",
            "dev.facet.cli..",
            "dev.facet.infra..",
            "dev.facet.models..")
        .check(AWS);
  }

  @Test
  void telemetry_knows_no_store() {
    noClasses()
        .that()
        .resideInAPackage("dev.facet.aws.telemetry..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.facet.aws", "dev.facet.aws.faces..", "software.amazon..")
        .check(AWS);
  }

  @Test
  void packages_are_free_of_cycles() {
    slices().matching("dev.facet.(aws..)").should().beFreeOfCycles().check(AWS);
  }
}
