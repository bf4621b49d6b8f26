package dev.facet.core.faces.wire;

import dev.facet.core.faces.FaceAnswer;
import dev.facet.core.faces.FaceCommand;
import dev.facet.core.faces.FaceService;

/** A face service that sends encoded commands over a transport. */
public final class RemoteFaceService implements FaceService {

  private final FaceTransport transport;
  private final FaceWire wire = new FaceWire();

  /** Creates a service that sends its commands over {@code transport}. */
  public RemoteFaceService(FaceTransport transport) {
    this.transport = transport;
  }

  @Override
  public <A extends FaceAnswer> A execute(FaceCommand<A> command) {
    byte[] reply = transport.exchange(wire.encode(command), command.call().deadline());
    return wire.decodeReply(command, reply);
  }
}
