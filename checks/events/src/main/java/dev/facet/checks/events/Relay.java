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

  private final ServerSocket listener;
  private final int port;
  private final Thread acceptor = Thread.ofVirtual().name("relay").unstarted(this::serve);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private Relay(ServerSocket listener, int port) {
    this.listener = listener;
    this.port = port;
  }

  /**
   * Starts a relay on the same port of another address.
   *
   * @param at an address that only containers reach; never the wildcard, which is open to all
   *     networks
   * @throws IOException if the port is taken there, or the address is not this machine's
   */
  static Relay start(InetAddress at, int port) throws IOException {
    if (at.isAnyLocalAddress()) {
      throw new IllegalArgumentException("A relay must not bind to the wildcard address.");
    }
    ServerSocket listener = new ServerSocket();
    try {
      listener.setReuseAddress(true);
      listener.bind(new InetSocketAddress(at, port), BACKLOG);
    } catch (IOException e) {
      listener.close();
      throw new IOException("Containers can't be relayed at %s, port %d.".formatted(at, port), e);
    }
    Relay relay = new Relay(listener, port);
    relay.acceptor.start();
    return relay;
  }

  private void serve() {
    while (!listener.isClosed()) {
      try {
        Socket caller = register(listener.accept());
        Thread.ofVirtual().start(() -> relay(caller));
      } catch (IOException failed) {
        // the caller's connection or the server socket has failed; the loop condition distinguishes
        // them
      }
    }
  }

  private void relay(Socket caller) {
    try {
      Socket service = register(new Socket(InetAddress.getLoopbackAddress(), port));
      Thread.ofVirtual().start(() -> copy(caller, service));
      copy(service, caller);
    } catch (IOException absent) {
      // the caller sees its connection close, as if the service had refused it
      end(caller);
    }
  }

  /** Registers a socket; a relay that closes meanwhile is noticed here, or finds the socket. */
  private Socket register(Socket socket) throws SocketException {
    open.add(socket);
    if (listener.isClosed()) {
      end(socket);
      throw new SocketException("The relay is closed.");
    }
    return socket;
  }

  /** Copies bytes until one side ends, then closes both. */
  private void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException failed) {
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
    listener.close();
    // until the accepting thread has noticed, the server socket still admits callers
    try {
      acceptor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    open.forEach(this::end);
  }
}
