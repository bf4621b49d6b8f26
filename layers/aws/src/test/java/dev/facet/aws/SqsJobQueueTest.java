package dev.facet.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/** The form of queued messages; {@code SealedJobsTest} pins their body. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SqsJobQueueTest {

  @Test
  void a_message_is_its_body_without_attributes() {
    List<SendMessageRequest> sent = new ArrayList<>();
    SqsClient client =
        new SqsClient() {
          @Override
          public SendMessageResponse sendMessage(SendMessageRequest request) {
            sent.add(request);
            return SendMessageResponse.builder().build();
          }

          @Override
          public String serviceName() {
            return SERVICE_NAME;
          }

          @Override
          public void close() {}
        };

    new SqsJobQueue(client, "https://queue.example").send("{\"schema\":1}");

    assertThat(sent)
        .containsExactly(
            SendMessageRequest.builder()
                .queueUrl("https://queue.example")
                .messageBody("{\"schema\":1}")
                .build());
  }
}
