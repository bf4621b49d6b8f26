package dev.facet.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The packages of this module depend on each other one way. */
class ArchitectureTest {

  private static final String ROOT = "dev.facet.local";

  private static final JavaClasses LOCAL =
      new ClassFileImporter()
          .withImportOption(ArchitectureTest::isOfThisModule)
          .importUrl(Serve.class.getProtectionDomain().getCodeSource().getLocation());

  private static boolean isOfThisModule(Location location) {
    return location.contains("/dev/facet/local/");
  }

  @Test
  void packages_are_free_of_cycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(LOCAL);
  }

  @Test
  void http_and_data_depend_on_no_other_package() {
    dependsOnlyOn("http");
    dependsOnlyOn("data");
  }

  @Test
  void signatures_depend_on_http_alone() {
    dependsOnlyOn("sigv4", "http");
  }

  @Test
  void only_the_command_that_serves_depends_on_the_assembly() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT, ROOT + ".service")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".service")
        .check(LOCAL);
  }

  @Test
  void nothing_depends_on_the_command_that_serves() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT)
        .check(LOCAL);
  }

  /** Checks that a package depends on no local package but the given ones. */
  private static void dependsOnlyOn(String name, String... allowed) {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "." + name)
        .should()
        .dependOnClassesThat(areLocalBut(name, allowed))
        .check(LOCAL);
  }

  private static DescribedPredicate<JavaClass> areLocalBut(String own, String... allowed) {
    return JavaClass.Predicates.resideInAPackage(ROOT + "..")
        .and(JavaClass.Predicates.resideOutsideOfPackage(ROOT + "." + own))
        .and(
            JavaClass.Predicates.resideOutsideOfPackages(
                Arrays.stream(allowed).map(each -> ROOT + "." + each).toArray(String[]::new)))
        .as("reside in another package of this module");
  }
}
