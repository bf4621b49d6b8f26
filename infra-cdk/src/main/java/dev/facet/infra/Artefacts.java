package dev.facet.infra;

import java.nio.file.Path;

/**
 * What the build made and the stack deploys.
 *
 * @param handlers the API functions' jar
 * @param libraries the folder of the layer that they share
 * @param repair the jar of the function that repairs keys
 * @param repairLibraries the folder of the layer that it needs besides
 * @param faceImage the folder that the face function's image is built from, its Dockerfile included
 * @param specification {@code openapi.yaml}
 */
record Artefacts(
    Path handlers,
    Path libraries,
    Path repair,
    Path repairLibraries,
    Path faceImage,
    Path specification) {

  /** Those of a repository in which {@code mvn package} ran. */
  static Artefacts builtIn(Path root) {
    return new Artefacts(
        root.resolve("functions/api/target/facet-api-1.0.0-SNAPSHOT.jar"),
        root.resolve("functions/api/target/layer"),
        root.resolve("functions/keys/target/facet-keys-1.0.0-SNAPSHOT.jar"),
        root.resolve("functions/keys/target/layer"),
        root.resolve("functions/face/target/image"),
        root.resolve("openapi.yaml"));
  }
}
