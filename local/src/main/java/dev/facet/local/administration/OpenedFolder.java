package dev.facet.local.administration;

import dev.facet.core.keys.Administration;
import dev.facet.local.data.DataFolder;
import dev.facet.local.embedded.EmbeddedDynamo;
import dev.facet.local.gateway.Specification;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * A data folder that no service uses, opened for one command.
 *
 * @param data the folder, which nobody else can open now
 * @param dynamo its database
 * @param administration changes what is in it
 */
record OpenedFolder(DataFolder data, EmbeddedDynamo dynamo, Administration administration)
    implements AutoCloseable {

  /**
   * Opens a folder, making it if there is none.
   *
   * @throws dev.facet.local.data.DataFolderInUse if a service, or another command, has it open
   */
  static OpenedFolder open(Path root) {
    DataFolder data = DataFolder.open(root);
    try {
      EmbeddedDynamo dynamo =
          EmbeddedDynamo.start(data.folder("dynamodb"), LocalAdministration.TABLES);
      LocalAdministration local =
          LocalAdministration.of(
              data,
              dynamo.client(),
              Specification.bundled().plan(),
              Clock.systemUTC(),
              new SecureRandom());
      return new OpenedFolder(data, dynamo, local.administration());
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  @Override
  public void close() {
    try (data) {
      dynamo.close();
    }
  }
}
