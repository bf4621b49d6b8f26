package dev.facet.cli.doctor.aws;

import dev.facet.cli.doctor.NotReadable;
import dev.facet.core.faults.Fault;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** Turns failures of AWS calls into {@link NotReadable}. */
final class Reading {

  private Reading() {}

  /**
   * Calls AWS.
   *
   * @param subject what is read, for the message
   */
  static <T> T of(String subject, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException | Fault e) {
      throw new NotReadable(subject + " can't be read: " + e.getMessage(), e);
    }
  }
}
