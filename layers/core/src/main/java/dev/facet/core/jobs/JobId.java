package dev.facet.core.jobs;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.faces.EnrolmentQueue;
import dev.facet.core.faces.EnrolmentQueue.Form;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.NewerFormat;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/**
 * The id of a queued enrolment. Its text is base64url of {@code 0x01 ‖ form ‖ milliseconds (8) ‖
 * application (16) ‖ random (8) ‖ MAC (16)}; {@link JobIds} generates ids and verifies their MAC.
 *
 * @param text 67 characters that are safe in a URL path
 * @param time when the enrolment was queued
 * @param application the application that queued it
 * @param form the form of the request, which determines how ids are shown
 */
public record JobId(String text, Instant time, ApplicationId application, Form form) {

  static final int CONTENT_BYTES = 34;
  static final int MAC_BYTES = 16;
  private static final byte SCHEMA = 1;

  /**
   * Parses an id from a trusted source without verifying its MAC.
   *
   * @throws InternalFault if the text is not an id
   */
  public static JobId parse(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      if (bytes.length > 0 && bytes[0] > SCHEMA) {
        throw new InternalFault(NewerFormat.message("A job's id", bytes[0]));
      }
      if (bytes.length != CONTENT_BYTES + MAC_BYTES || bytes[0] != SCHEMA) {
        throw new InternalFault("A job's id is damaged.");
      }
      ByteBuffer content = ByteBuffer.wrap(bytes, 1, CONTENT_BYTES - 1);
      Form form = content.get() == 0 ? Form.ENCRYPTED : Form.PLAIN;
      Instant time = Instant.ofEpochMilli(content.getLong());
      UUID application = new UUID(content.getLong(), content.getLong());
      return new JobId(text, time, new ApplicationId(application), form);
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      throw new InternalFault("A job's id is damaged.", e);
    }
  }

  static byte[] content(Instant time, ApplicationId application, Form form, long random) {
    return ByteBuffer.allocate(CONTENT_BYTES)
        .put(SCHEMA)
        .put((byte) (form == Form.ENCRYPTED ? 0 : 1))
        .putLong(time.toEpochMilli())
        .putLong(application.value().getMostSignificantBits())
        .putLong(application.value().getLeastSignificantBits())
        .putLong(random)
        .array();
  }

  /** Returns whether the job exceeds the age up to which it may be executed. */
  boolean isTooOld(Instant now) {
    return !now.isBefore(time.plus(EnrolmentQueue.MAX_AGE));
  }

  @Override
  public String toString() {
    return text;
  }
}
