package dev.facet.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.facet.core.faces.FaceService;
import org.junit.jupiter.api.Test;

/** The domain depends on the JDK alone, and its packages depend on each other one way. */
class ArchitectureTest {

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .importUrl(FaceService.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void core_depends_on_the_jdk_and_jackson_only() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "javax.crypto..",
            "jdk.incubator.vector..",
            "org.jspecify..",
            "com.fasterxml.jackson..",
            "dev.facet.core..")
        .check(CORE);
  }

  @Test
  void only_formats_use_jackson() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.facet.core.faces.wire..", "dev.facet.core.jobs..", "dev.facet.core.bundle..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.fasterxml.jackson..")
        .check(CORE);
  }

  @Test
  void packages_are_free_of_cycles() {
    slices().matching("dev.facet.core.(**)").should().beFreeOfCycles().check(CORE);
  }
}
