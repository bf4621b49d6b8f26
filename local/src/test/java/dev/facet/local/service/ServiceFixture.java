package dev.facet.local.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.core.bundle.ScoreMap;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.core.fakes.HarmlessLog;
import dev.facet.local.SignedClient;
import dev.facet.local.sigv4.SigningCredentials;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** The whole service on a free port, with faces made of text unless others are given. */
final class ServiceFixture implements AutoCloseable {

  private final LocalService.Started started;
  private final HarmlessLog.Stream log;

  private ServiceFixture(LocalService.Started started, HarmlessLog.Stream log) {
    this.started = started;
    this.log = log;
  }

  static ServiceFixture start(Path data) {
    return start(options(data, false, false), fakes());
  }

  static ServiceFixture start(ServiceOptions options, Recognition recognition) {
    return start(options, recognition, new PrintStream(PrintStream.nullOutputStream()));
  }

  static ServiceFixture start(ServiceOptions options, Recognition recognition, PrintStream log) {
    return start(options, new FunctionHosting.InProcess(() -> recognition), log);
  }

  static ServiceFixture start(ServiceOptions options, FunctionHosting hosting, PrintStream log) {
    try {
      HarmlessLog harmless = new HarmlessLog();
      HarmlessLog.Stream read = harmless.before(log);
      LocalService.Started started = LocalService.start(options, hosting, read.out());
      harmless
          .without(started.credentials().apiKey())
          .without(started.credentials().secretAccessKey());
      return new ServiceFixture(started, read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ServiceOptions options(Path data, boolean keepImages, boolean remoteFace) {
    return options(data, keepImages, remoteFace, NodeOptions.DEFAULT);
  }

  static ServiceOptions options(
      Path data, boolean keepImages, boolean remoteFace, NodeOptions node) {
    return new ServiceOptions(
        data, 0, null, "ap-southeast-2", keepImages, List.of("*"), remoteFace, node);
  }

  static Recognition fakes() {
    return new Recognition(new FakeFaces(), ScoreMap.calibratedAt(0.3));
  }

  Credentials credentials() {
    return started.credentials();
  }

  Caller caller() {
    return new Caller(client(credentials()));
  }

  /** A caller who signs as a principal that a command made, with a key that another made. */
  Caller caller(JsonNode principal, String apiKey) {
    return new Caller(
        client(
            new Credentials(
                credentials().endpoint(),
                credentials().region(),
                principal.path("accessKeyId").asText(),
                principal.path("secretAccessKey").asText(),
                apiKey)));
  }

  static SignedClient client(Credentials credentials) {
    return new SignedClient(
            credentials.endpoint(),
            new SigningCredentials(credentials.accessKeyId(), credentials.secretAccessKey(), null),
            Clock.systemUTC())
        .with("x-api-key", credentials.apiKey())
        .with("content-type", "application/json");
  }

  @Override
  public void close() {
    started.close();
    log.check();
  }

  /** Calls the API with photos in base64. */
  record Caller(SignedClient client) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** An answer's status and body. */
    record Reply(int status, JsonNode body) {
      String id() {
        return body.path("id").asText();
      }
    }

    Reply register(String photo) {
      return send("POST", "/v1/subjects", body("face", photo));
    }

    Reply update(String id, String photo) {
      return send("PUT", "/v1/subjects/" + id, body("face", photo));
    }

    Reply delete(String id) {
      return send("DELETE", "/v1/subjects/" + id, "");
    }

    Reply extract(String photo) {
      return send("POST", "/v1/face/extract", body("faces", photo));
    }

    Reply search(String photo) {
      return send("POST", "/v1/face/search", body("probe", photo));
    }

    Reply verify(String id, String photo) {
      ObjectNode body = JsonNodeFactory.instance.objectNode().put("probe", photo).put("id", id);
      return send("POST", "/v1/face/verify", body.toString());
    }

    private static String body(String name, String photo) {
      return JsonNodeFactory.instance.objectNode().put(name, photo).toString();
    }

    Reply send(String method, String path, String body) {
      HttpResponse<String> response = client.send(method, path, body);
      try {
        return new Reply(response.statusCode(), JSON.readTree(response.body()));
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
