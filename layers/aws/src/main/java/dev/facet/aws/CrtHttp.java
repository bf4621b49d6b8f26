package dev.facet.aws;

import java.io.IOException;
import software.amazon.awssdk.crt.http.HttpException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * The CRT client with its failures made known to the SDK. The SDK retries, and reports as its own,
 * an {@link IOException}; the CRT throws another kind when a connection can't be had or breaks,
 * which would pass the SDK by.
 */
final class CrtHttp implements SdkHttpClient {

  private final SdkHttpClient crt;

  CrtHttp(SdkHttpClient crt) {
    this.crt = crt;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    ExecutableHttpRequest prepared = crt.prepareRequest(request);
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        try {
          return prepared.call();
        } catch (HttpException e) {
          throw new IOException(e);
        }
      }

      @Override
      public void abort() {
        prepared.abort();
      }
    };
  }

  @Override
  public String clientName() {
    return crt.clientName();
  }

  @Override
  public void close() {
    crt.close();
  }
}
