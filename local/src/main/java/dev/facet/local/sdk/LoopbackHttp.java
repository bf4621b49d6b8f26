package dev.facet.local.sdk;

import java.time.Duration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * HTTP clients for the embedded services, on the JDK's connections. The CRT client, which the
 * functions use, never answers once the JVM has begun to shut down, and at that time the local
 * service still completes its work in progress.
 */
public final class LoopbackHttp {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

  private LoopbackHttp() {}

  public static SdkHttpClient client() {
    return UrlConnectionHttpClient.builder().connectionTimeout(CONNECT_TIMEOUT).build();
  }
}
