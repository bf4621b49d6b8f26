package dev.facet.local.http;

import java.time.Duration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * How the embedded services are called: over the JDK's own connections. The CRT client, which the
 * functions use, never answers once the JVM has begun to shut down, and then the local service
 * still finishes what it has begun.
 */
public final class LoopbackHttp {

  private static final Duration CONNECT = Duration.ofSeconds(1);

  private LoopbackHttp() {}

  public static SdkHttpClient client() {
    return UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).build();
  }
}
