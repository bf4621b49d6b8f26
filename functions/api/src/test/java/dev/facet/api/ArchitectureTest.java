package dev.facet.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.facet.api.http.Services;
import org.junit.jupiter.api.Test;

/** Handlers map and delegate; only their wiring knows AWS. */
class ArchitectureTest {

  private static final JavaClasses API =
      new ClassFileImporter()
          .importUrl(Services.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void only_the_wiring_touches_the_aws_sdk_and_the_stores() {
    noClasses()
        .that()
        .doNotHaveSimpleName("Wiring")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "software.amazon..", "dev.facet.aws", "dev.facet.aws.faces..", "dev.facet.face..")
        .check(API);
  }

  @Test
  void handlers_are_small_and_final() {
    classes()
        .that()
        .haveSimpleNameEndingWith("Handler")
        .should()
        .haveModifier(JavaModifier.FINAL)
        .andShould()
        .resideInAnyPackage("dev.facet.api.v1", "dev.facet.api.node", "dev.facet.api.tasks")
        .check(API);
  }

  @Test
  void packages_depend_one_way() {
    slices().matching("dev.facet.(api..)").should().beFreeOfCycles().check(API);
  }
}
