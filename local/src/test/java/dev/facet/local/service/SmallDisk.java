package dev.facet.local.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A small file system in memory, which only root can mount, with a file that fills it. */
final class SmallDisk implements AutoCloseable {

  private static final int BLOCK = 1 << 16;

  private final Path root;

  private SmallDisk(Path root) {
    this.root = root;
  }

  static boolean canBeMounted() {
    return "root".equals(System.getProperty("user.name"))
        && Files.isExecutable(Path.of("/bin/mount"));
  }

  static SmallDisk mount(Path folder, int megabytes) {
    run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString());
    return new SmallDisk(folder);
  }

  Path root() {
    return root;
  }

  /** Writes a file that leaves a number of bytes free. */
  void fill(long free) {
    ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
    try (FileChannel filler =
        FileChannel.open(
            root.resolve("filler"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      long left;
      while ((left = root.toFile().getUsableSpace() - free) > 0) {
        filler.write(block.clear().limit((int) Math.min(BLOCK, left)));
      }
    } catch (IOException full) {
      if (root.toFile().getUsableSpace() > free) {
        throw new UncheckedIOException(full);
      }
    }
  }

  void free() {
    try {
      Files.deleteIfExists(root.resolve("filler"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    run("umount", "-l", root.toString());
  }

  private static void run(String... command) {
    try {
      int status = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (status != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
