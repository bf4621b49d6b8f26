package dev.facet.core.faces.wire;

import java.time.Duration;
import java.time.Instant;

/** Carries a command's bytes to the face service, and its reply back. */
@FunctionalInterface
public interface FaceTransport {

  /** The time beyond the other side's deadline for which a caller waits for the reply. */
  Duration REPLY_TIME = Duration.ofSeconds(2);

  /**
   * Sends a command once, without retries.
   *
   * @param command as {@link FaceWire#encode(dev.facet.core.faces.FaceCommand)} encodes it
   * @param deadline the time limit of the other side; the caller waits {@link #REPLY_TIME} longer
   *     for the reply
   * @return the reply, for {@link FaceWire#decodeReply}
   * @throws dev.facet.core.faults.TransientFault if no reply came
   * @throws dev.facet.core.faults.InternalFault if the other side failed
   * @throws dev.facet.core.faults.CallerFault.InvalidRequest if the command is too large for the
   *     transport
   */
  byte[] exchange(byte[] command, Instant deadline);
}
