package dev.facet.core.faces.wire;

import java.time.Instant;

/** Carries a command's bytes to where the face service runs, and its reply back. */
@FunctionalInterface
public interface FaceTransport {

  /**
   * Sends a command once, without retries.
   *
   * @param command as {@link FaceWire#encode(dev.facet.core.faces.FaceCommand)} makes it
   * @param deadline until when the other side works on it; whoever waits gives it a little longer
   * @return the reply, for {@link FaceWire#decodeReply}
   * @throws dev.facet.core.faults.TransientFault when no reply came
   * @throws dev.facet.core.faults.InternalFault when the other side failed
   * @throws dev.facet.core.faults.InvalidRequest when the command is too large to be carried
   */
  byte[] exchange(byte[] command, Instant deadline);
}
