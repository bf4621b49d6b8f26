package dev.facet.core.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.core.crypto.Hashes;
import dev.facet.core.faults.NewerFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A validated model bundle on disk: its manifest is valid and every file matches its SHA-256.
 *
 * @param folder the bundle's folder
 * @param manifest the bundle's manifest
 */
public record Bundle(Path folder, BundleManifest manifest) {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

  /**
   * Opens and validates a bundle.
   *
   * @throws BundleException if the manifest or a file is missing, breaks a rule, or does not match;
   *     the message names the file and the rule
   */
  public static Bundle open(Path folder) {
    Path file = folder.resolve(BundleManifest.FILE);
    BundleManifest manifest = manifest(file);
    Bundle bundle = new Bundle(folder, manifest);
    bundle.nets().forEach(bundle::check);
    return bundle;
  }

  /**
   * Returns the manifest of a bundle whose files are not checked.
   *
   * @throws BundleException if the manifest is missing or breaks a rule
   */
  public static BundleManifest manifestIn(Path folder) {
    return manifest(folder.resolve(BundleManifest.FILE));
  }

  /** Returns a manifest as JSON. */
  public static byte[] toJson(BundleManifest manifest) {
    try {
      return JSON.writeValueAsBytes(manifest);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest is made of numbers and text", e);
    }
  }

  /** Parses a calibration table from JSON. */
  public static CalibrationTable parseCalibration(InputStream json) throws IOException {
    return JSON.readValue(json, CalibrationTable.class);
  }

  /** Parses the limits of measurable faces from JSON. */
  public static Measurability parseMeasurability(InputStream json) throws IOException {
    return JSON.readValue(json, Measurability.class);
  }

  /** Returns the limits of measurable faces as JSON. */
  public static byte[] toJson(Measurability measurability) {
    try {
      return JSON.writeValueAsBytes(measurability);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("limits are made of numbers", e);
    }
  }

  /** Returns a calibration table as JSON. */
  public static byte[] toJson(CalibrationTable table) {
    try {
      return JSON.writeValueAsBytes(table);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a table is made of numbers and text", e);
    }
  }

  /** Returns the networks: detector, landmarks, pose, embedding, and the parts of the detector. */
  public List<Net> nets() {
    return Stream.concat(
            Stream.of(
                manifest.detector().net(),
                manifest.landmarks().net(),
                manifest.pose().net(),
                manifest.embedding().net()),
            manifest.detector().parts().stream().map(BundleManifest.Part::net))
        .toList();
  }

  /** Returns the path of a network's archive. */
  public Path file(Net net) {
    return folder.resolve(net.file());
  }

  /** Returns the SHA-256 of a file in lower-case hex. */
  public static String sha256(Path file) throws IOException {
    MessageDigest digest = Hashes.newSha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static BundleManifest manifest(Path file) {
    try {
      JsonNode manifest = JSON.readTree(Files.readAllBytes(file));
      int schema = manifest.path("schema").asInt();
      if (schema > BundleManifest.SCHEMA) {
        throw new BundleException(file, NewerFormat.message("the manifest", schema));
      }
      if (schema < BundleManifest.SCHEMA && manifest instanceof ObjectNode properties) {
        properties.putNull("measurability");
      }
      return JSON.treeToValue(manifest, BundleManifest.class);
    } catch (ValueInstantiationException e) {
      throw new BundleException(file, rule(e));
    } catch (JsonProcessingException e) {
      throw new BundleException(file, e.getOriginalMessage());
    } catch (IOException e) {
      throw new BundleException(file, "can't be read");
    }
  }

  /**
   * Returns the rule that a record's constructor rejected; the JSON library wraps that exception.
   */
  private static String rule(ValueInstantiationException e) {
    Throwable cause = e.getCause();
    String message = cause == null ? e.getOriginalMessage() : cause.getMessage();
    return message == null ? "breaks a rule" : message;
  }

  private void check(Net net) {
    Path file = file(net);
    try {
      String found = sha256(file);
      if (!found.equals(net.sha256())) {
        throw new BundleException(file, "its sha256 is %s, not %s".formatted(found, net.sha256()));
      }
    } catch (IOException e) {
      throw new BundleException(file, "can't be read");
    }
  }
}
