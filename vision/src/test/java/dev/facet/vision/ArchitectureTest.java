package dev.facet.vision;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** The pipeline depends on core, PyTorch and OpenCV, and knows neither AWS nor HTTP. */
class ArchitectureTest {

  private static final JavaClasses VISION =
      new ClassFileImporter()
          .importUrl(TorchFaceExtractor.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void vision_depends_on_core_pytorch_and_opencv_only() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "ai.djl..",
            "org.bytedeco..",
            "dev.facet.core..",
            "dev.facet.vision..")
        .check(VISION);
  }

  @Test
  void image_formats_know_no_network() {
    noClasses()
        .that()
        .resideInAPackage("dev.facet.vision.images..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.facet.vision", "ai.djl..")
        .check(VISION);
  }
}
