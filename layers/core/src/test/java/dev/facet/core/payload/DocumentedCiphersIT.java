package dev.facet.core.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.facet.core.documents.Docs;
import dev.facet.core.documents.NodeJs;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.payload.PayloadContext.Field;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client programs of docs/encryption.md, beside the service's own ciphers. */
class DocumentedCiphersIT {

  private static final String DOCUMENT = "docs/encryption.md";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ApiKey KEY = new ApiKey("facet-test-key-0001");
  private static final PayloadCiphers CIPHERS = new PayloadCiphers(1, new SecureRandom());
  private static final PayloadContext PUID =
      new PayloadContext(new ModelVersion("FACE3_3"), Field.PUID);
  private static final String PURPOSE = "FACE3_3|puid";
  private static final List<String> TEXTS =
      List.of("KW4i4cGr-fv76-YqIE-w7fA-UrAt0FcVyY2q", "exactly 16 bytes", "naïve ü 😀", "");

  private static PayloadCipher cipher(int version) {
    return CIPHERS.forRequest("" + version, KEY);
  }

  @Test
  void the_java_helper_reads_and_writes_every_version(@TempDir Path folder) throws Exception {
    try (Helper helper = new Helper(folder)) {
      for (int version = 1; version <= 3; version++) {
        for (String text : TEXTS) {
          assertThat(cipher(version).decrypt(helper.call("encrypt", version, text), PUID))
              .isEqualTo(text);
          assertThat(helper.call("decrypt", version, cipher(version).encrypt(text, PUID)))
              .isEqualTo(text);
        }
      }
      assertThatThrownBy(
              () ->
                  helper.call(
                      "decrypt",
                      3,
                      cipher(3)
                          .encrypt(
                              "x", new PayloadContext(new ModelVersion("FACE3_3"), Field.GUID))))
          .hasRootCauseInstanceOf(javax.crypto.AEADBadTagException.class);
    }
  }

  @Test
  void the_java_helper_reads_the_published_vectors(@TempDir Path folder) throws Exception {
    JsonNode vectors = vectors();
    try (Helper helper = new Helper(folder)) {
      for (int version = 1; version <= 2; version++) {
        for (JsonNode vector : vectors.path("v" + version)) {
          assertThat(helper.call("decrypt", version, vector.path("payload").asText()))
              .isEqualTo(vector.path("text").asText());
        }
      }
    }
  }

  @Test
  void the_java_script_helper_reads_the_published_vectors(@TempDir Path folder) throws Exception {
    assumeTrue(NodeJs.isInstalled(), "skipped: there is no Node.js on the path");
    Docs.write(DOCUMENT, "payloads.mjs", folder);
    Files.writeString(folder.resolve("vectors.json"), vectors().toString());
    Files.writeString(
        folder.resolve("run.mjs"),
        """
        import { readFileSync } from 'node:fs';
        import { decrypt } from './payloads.mjs';
        const all = JSON.parse(readFileSync('vectors.json', 'utf8'));
        for (const version of [1, 2]) {
          for (const { text, payload } of all['v' + version]) {
            if (decrypt(version, all.api_key, payload, '') !== text) throw new Error(payload);
          }
        }
        console.log('read');
        """);
    assertThat(NodeJs.run(folder, "run.mjs")).isEqualTo("read\n");
  }

  @Test
  void the_java_script_helpers_read_and_write_every_version(@TempDir Path folder) throws Exception {
    assumeTrue(NodeJs.isInstalled(), "skipped: there is no Node.js on the path");
    Docs.write(DOCUMENT, "payloads.mjs", folder);
    Docs.write(DOCUMENT, "sealed.mjs", folder);
    List<List<String>> payloads =
        List.of(1, 2, 3).stream()
            .map(version -> TEXTS.stream().map(it -> cipher(version).encrypt(it, PUID)).toList())
            .toList();
    Files.writeString(folder.resolve("texts.json"), JSON.writeValueAsString(TEXTS));
    Files.writeString(folder.resolve("payloads.json"), JSON.writeValueAsString(payloads));
    Files.writeString(
        folder.resolve("run.mjs"),
        """
        import { readFileSync } from 'node:fs';
        import * as node from './payloads.mjs';
        import * as web from './sealed.mjs';
        const read = (name) => JSON.parse(readFileSync(name, 'utf8'));
        const key = '%1$s', purpose = '%2$s', texts = read('texts.json');
        read('payloads.json').forEach((row, i) => row.forEach((payload, j) => {
          if (node.decrypt(i + 1, key, payload, purpose) !== texts[j]) throw new Error(payload);
        }));
        for (const [j, payload] of read('payloads.json')[2].entries()) {
          if (await web.decrypt(key, payload, purpose) !== texts[j]) throw new Error(payload);
        }
        let refused = 0;
        const other = node.encrypt(3, key, 'x', 'FACE3_3|guid');
        try { node.decrypt(3, key, other, purpose); } catch { refused++; }
        await web.decrypt(key, other, purpose).catch(() => refused++);
        if (refused !== 2) throw new Error('another purpose was accepted');
        const written = [1, 2, 3].map((v) => texts.map((t) => node.encrypt(v, key, t, purpose)));
        written.push(await Promise.all(texts.map((t) => web.encrypt(key, t, purpose))));
        console.log(JSON.stringify(written));
        """
            .formatted(KEY.secret(), PURPOSE));

    List<List<String>> written =
        JSON.readValue(NodeJs.run(folder, "run.mjs"), new TypeReference<>() {});
    assertThat(written).hasSize(4);
    for (int row = 0; row < 4; row++) {
      for (int i = 0; i < TEXTS.size(); i++) {
        assertThat(cipher(Math.min(row + 1, 3)).decrypt(written.get(row).get(i), PUID))
            .isEqualTo(TEXTS.get(i));
      }
    }
  }

  private static JsonNode vectors() throws IOException {
    Path file =
        Path.of(System.getProperty("facet.testdata", "../shared"), "encryption-vectors.json");
    assumeTrue(Files.exists(file), "skipped: there is no " + file);
    return JSON.readTree(file.toFile());
  }

  /** The Java program of the document, compiled. */
  private static final class Helper implements AutoCloseable {

    private final URLClassLoader loader;
    private final Class<?> type;

    Helper(Path folder) throws Exception {
      Path source = Docs.write(DOCUMENT, "Payloads.java", folder);
      int status =
          ToolProvider.getSystemJavaCompiler()
              .run(null, null, null, "--release", "17", "-Xlint:all", "-Werror", source.toString());
      assertThat(status).isZero();
      loader = new URLClassLoader(new URL[] {folder.toUri().toURL()});
      type = loader.loadClass("Payloads");
    }

    String call(String method, int version, String text) throws Exception {
      try {
        return (String)
            type.getMethod(method, int.class, String.class, String.class, String.class)
                .invoke(null, version, KEY.secret(), text, PURPOSE);
      } catch (InvocationTargetException e) {
        throw new IllegalStateException(e.getCause());
      }
    }

    @Override
    public void close() throws IOException {
      loader.close();
    }
  }
}
