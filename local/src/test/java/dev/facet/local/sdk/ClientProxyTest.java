package dev.facet.local.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

class ClientProxyTest {

  private final List<SdkRequest> intercepted = new ArrayList<>();
  private final S3Client client =
      ClientProxy.around(
          S3Client.class,
          new EmptyBucket(),
          (request, next) -> {
            intercepted.add(request);
            return next.send(request);
          });

  /** A bucket without objects that accepts every upload. */
  private static final class EmptyBucket implements S3Client {

    @Override
    public HeadObjectResponse headObject(HeadObjectRequest request) {
      throw NoSuchKeyException.builder().message(request.key()).build();
    }

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
      return PutObjectResponse.builder().eTag("\"1\"").build();
    }

    @Override
    public String serviceName() {
      return "s3";
    }

    @Override
    public void close() {}
  }

  @Test
  void the_clients_exception_is_thrown_as_it_is() {
    assertThatThrownBy(() -> client.headObject(head -> head.bucket("b").key("k")))
        .isInstanceOf(NoSuchKeyException.class);
    assertThat(intercepted)
        .containsExactly(HeadObjectRequest.builder().bucket("b").key("k").build());
  }

  @Test
  void calls_in_other_forms_go_to_the_client() {
    assertThat(client.serviceName()).isEqualTo("s3");
    assertThat(intercepted).isEmpty();
  }

  @Test
  void an_upload_is_intercepted_with_its_body() {
    PutObjectRequest upload = PutObjectRequest.builder().bucket("b").key("k").build();
    assertThat(client.putObject(upload, RequestBody.empty()).eTag()).isEqualTo("\"1\"");
    assertThat(intercepted).containsExactly(upload);
  }

  @Test
  void an_upload_that_a_consumer_describes_is_intercepted() {
    client.putObject(put -> put.bucket("b").key("k"), RequestBody.empty());
    assertThat(intercepted)
        .containsExactly(PutObjectRequest.builder().bucket("b").key("k").build());
  }
}
