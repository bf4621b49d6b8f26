package dev.facet.checks.events;

import dev.facet.local.lambda.isolated.FunctionSettings;
import java.io.IOException;
import java.nio.file.Path;

/** Runs functions, one event at a time. */
interface Engine extends AutoCloseable {

  /**
   * Has a function answer an event.
   *
   * @param event a file of JSON
   * @return JSON
   * @throws IOException if there is no answer
   */
  byte[] invoke(FunctionSettings function, Path event) throws IOException, InterruptedException;

  @Override
  default void close() throws IOException {}
}
