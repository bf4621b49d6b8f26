package dev.facet.local.events;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes a port of this machine's loopback reachable at one other address of it, that of a container
 * bridge's gateway: containers have loopbacks of their own.
 */
final class Relay implements AutoCloseable {

  private static final int BACKLOG = 50;

  private final ServerSocket door;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private Relay(ServerSocket door, int port) {
    this.door = door;
    this.port = port;
  }

  /**
   * Starts one: the same port at another address.
   *
   * @param at an address that only containers reach; never the wildcard, which everybody reaches
   */
  static Relay start(InetAddress at, int port) {
    if (at.isAnyLocalAddress()) {
      throw new IllegalArgumentException("A relay is for one address, not for all.");
    }
    try {
      ServerSocket door = new ServerSocket();
      door.setReuseAddress(true);
      door.bind(new InetSocketAddress(at, port), BACKLOG);
      Relay relay = new Relay(door, port);
      Thread.ofVirtual().name("relay").start(relay::serve);
      return relay;
    } catch (IOException e) {
      throw new UncheckedIOException("Containers can't be served at %s.".formatted(at), e);
    }
  }

  private void serve() {
    while (!door.isClosed()) {
      try {
        Socket caller = kept(door.accept());
        Socket service = kept(new Socket(InetAddress.getLoopbackAddress(), port));
        Thread.ofVirtual().start(() -> carry(caller, service));
        Thread.ofVirtual().start(() -> carry(service, caller));
      } catch (IOException gone) {
        // the caller's connection, or the door: the loop's condition tells
      }
    }
  }

  private Socket kept(Socket socket) {
    open.add(socket);
    return socket;
  }

  /** When one side has ended, so has the exchange. */
  private void carry(Socket from, Socket to) {
    try (from;
        to) {
      OutputStream out = to.getOutputStream();
      from.getInputStream().transferTo(out);
    } catch (IOException gone) {
      // the other side sees its connection end
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Socket each : open) {
      each.close();
    }
  }
}
