package dev.facet.checks.events;

import dev.facet.local.lambda.isolated.FunctionSettings;
import java.io.IOException;
import java.nio.file.Path;

/** An engine that runs functions, one event at a time. */
interface Engine extends AutoCloseable {

  /**
   * Invokes a function with an event.
   *
   * @param event a JSON file
   * @return JSON
   * @throws IOException if there is no response
   */
  byte[] invoke(FunctionSettings function, Path event) throws IOException, InterruptedException;

  @Override
  default void close() throws IOException {}
}
