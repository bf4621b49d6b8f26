package dev.facet.checks.events;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A relay that makes a loopback port reachable at one other address of this machine, the gateway of
 * a container bridge, because containers have separate loopbacks.
 */
final class Relay implements AutoCloseable {

  private static final int BACKLOG = 50;

  private final ServerSocket door;
  private final int port;
  private final Thread porter = Thread.ofVirtual().name("relay").unstarted(this::serve);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private Relay(ServerSocket door, int port) {
    this.door = door;
    this.port = port;
  }

  /**
   * Starts a relay on the same port of another address.
   *
   * @param at an address that only containers reach; never the wildcard, which everybody reaches
   * @throws IOException if the port is taken there, or the address is not this machine's
   */
  static Relay start(InetAddress at, int port) throws IOException {
    if (at.isAnyLocalAddress()) {
      throw new IllegalArgumentException("A relay is for one address, not for all.");
    }
    ServerSocket door = new ServerSocket();
    try {
      door.setReuseAddress(true);
      door.bind(new InetSocketAddress(at, port), BACKLOG);
    } catch (IOException e) {
      door.close();
      throw new IOException("Containers can't be served at %s, port %d.".formatted(at, port), e);
    }
    Relay relay = new Relay(door, port);
    relay.porter.start();
    return relay;
  }

  private void serve() {
    while (!door.isClosed()) {
      try {
        Socket caller = kept(door.accept());
        Thread.ofVirtual().start(() -> attend(caller));
      } catch (IOException gone) {
        // the caller's connection or the server socket has failed; the loop condition distinguishes
        // them
      }
    }
  }

  private void attend(Socket caller) {
    try {
      Socket service = kept(new Socket(InetAddress.getLoopbackAddress(), port));
      Thread.ofVirtual().start(() -> carry(caller, service));
      carry(service, caller);
    } catch (IOException absent) {
      // the caller sees its connection close, as if the service had refused it
      end(caller);
    }
  }

  /** Registers a socket; a relay that closes meanwhile is noticed here, or finds the socket. */
  private Socket kept(Socket socket) throws SocketException {
    open.add(socket);
    if (door.isClosed()) {
      end(socket);
      throw new SocketException("The relay is closed.");
    }
    return socket;
  }

  /** Copies bytes until one side ends, then closes both. */
  private void carry(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException gone) {
      // the other side sees its connection end
    } finally {
      end(from);
      end(to);
    }
  }

  private void end(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException ended) {
      // the socket is unusable, as intended
    }
  }

  /** Stops accepting callers, and closes the open connections. */
  @Override
  public void close() throws IOException {
    door.close();
    // until the accepting thread has noticed, the server socket still admits callers
    try {
      porter.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    open.forEach(this::end);
  }
}
