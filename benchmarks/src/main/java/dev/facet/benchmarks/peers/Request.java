package dev.facet.benchmarks.peers;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A request line of the protocol, without the properties that an operation does not need. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Request(
    String op,
    @Nullable String photo,
    @Nullable String detail,
    @Nullable DetectionPlan plan,
    @Nullable String net,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable Integer runs) {

  static Request of(String op, Path photo) {
    return new Request(op, photo.toString(), null, null, null, null, null, null);
  }

  static Request extract(Path photo, Detail detail, @Nullable DetectionPlan plan) {
    String how = detail.name().toLowerCase(Locale.ROOT);
    return new Request("extract", photo.toString(), how, plan, null, null, null, null);
  }

  static Request net(Network network, int runs) {
    return new Request(
        "net", null, null, null, network.net(), network.width(), network.height(), runs);
  }
}
