package dev.facet.core.faces.wire;

import dev.facet.core.faces.FaceService;
import dev.facet.core.faults.Fault;
import dev.facet.core.faults.InternalFault;
import java.util.function.Consumer;

/**
 * The other end of a {@link FaceTransport}: bytes in, bytes out, the service in between. Faults
 * travel back as replies, without their causes; anything else is a defect and is thrown.
 */
public final class FaceEndpoint {

  private final FaceService service;
  private final Consumer<InternalFault> ours;
  private final FaceWire wire = new FaceWire();

  /**
   * An endpoint in front of {@code service}.
   *
   * @param ours told of every fault of ours while its cause is still known
   */
  public FaceEndpoint(FaceService service, Consumer<InternalFault> ours) {
    this.service = service;
    this.ours = ours;
  }

  /** Carries out the command that the bytes hold. */
  public byte[] reply(byte[] command) {
    try {
      return wire.encode(service.answer(wire.decodeCommand(command)));
    } catch (Fault fault) {
      if (fault instanceof InternalFault internal) {
        ours.accept(internal);
      }
      return wire.encode(fault);
    }
  }
}
