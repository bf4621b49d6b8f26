package dev.facet.core.faces.wire;

import java.time.Instant;

/** Carries a command's bytes to the face service, and its reply back. */
@FunctionalInterface
public interface FaceTransport {

  /**
   * Sends a command once, without retries.
   *
   * @param command as {@link FaceWire#encode(dev.facet.core.faces.FaceCommand)} encodes it
   * @param deadline the time limit of the other side; the caller waits a little longer for the
   *     reply
   * @return the reply, for {@link FaceWire#decodeReply}
   * @throws dev.facet.core.faults.TransientFault if no reply came
   * @throws dev.facet.core.faults.InternalFault if the other side failed
   * @throws dev.facet.core.faults.CallerFault.InvalidRequest if the command is too large for the
   *     transport
   */
  byte[] exchange(byte[] command, Instant deadline);
}
