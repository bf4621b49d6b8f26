package dev.facet.core.faces.wire;

import dev.facet.core.faces.FaceAnswer;
import dev.facet.core.faces.FaceCommand;
import dev.facet.core.faces.FaceService;

/** The face service on the other side of a transport: commands go there as bytes. */
public final class RemoteFaceService implements FaceService {

  private final FaceTransport transport;
  private final FaceWire wire = new FaceWire();

  /** A service whose commands are carried by {@code transport}. */
  public RemoteFaceService(FaceTransport transport) {
    this.transport = transport;
  }

  @Override
  public <A extends FaceAnswer> A answer(FaceCommand<A> command) {
    byte[] reply = transport.exchange(wire.encode(command), command.call().deadline());
    return wire.decodeReply(command, reply);
  }
}
