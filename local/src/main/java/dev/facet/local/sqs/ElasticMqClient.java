package dev.facet.local.sqs;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.pattern.AskTimeoutException;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.AfterMillisNextDelivery;
import org.elasticmq.DefaultVisibilityTimeout$;
import org.elasticmq.DeliveryReceipt;
import org.elasticmq.ImmediateNextDelivery$;
import org.elasticmq.Limits;
import org.elasticmq.MessageContent;
import org.elasticmq.MessageData;
import org.elasticmq.MillisVisibilityTimeout;
import org.elasticmq.NewMessageData;
import org.elasticmq.NextDelivery;
import org.elasticmq.OnDateTimeReceived;
import org.elasticmq.QueueStatistics;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.VisibilityTimeout;
import org.elasticmq.msg.ClearQueue;
import org.elasticmq.msg.DeleteMessage;
import org.elasticmq.msg.GetQueueStatistics;
import org.elasticmq.msg.LookupQueue;
import org.elasticmq.msg.ReceiveMessages;
import org.elasticmq.msg.SendMessage;
import org.elasticmq.msg.UpdateVisibilityTimeout;
import org.elasticmq.rest.sqs.MD5Util;
import org.elasticmq.util.NowProvider;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.collection.immutable.Map$;
import scala.jdk.javaapi.CollectionConverters;
import scala.util.Either;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.InvalidMessageContentsException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.PurgeQueueRequest;
import software.amazon.awssdk.services.sqs.model.PurgeQueueResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * An SQS client that calls ElasticMQ's queues in this process, so that they need no socket. It
 * implements the operations on messages and on a queue's statistics; the other operations, and
 * message attributes, throw {@link UnsupportedOperationException}. Only {@link
 * IsolatingClassLoader} loads this class. It is thread-safe; closing it stops the queues.
 */
final class ElasticMqClient implements SqsClient {

  private static final String URL_PREFIX = "http://localhost/000000000000/";
  private static final Duration TIMEOUT = Duration.ofSeconds(8);

  private final ActorSystem system;
  private final ActorRef manager;
  private final NowProvider clock;

  ElasticMqClient(ActorSystem system, ActorRef manager, NowProvider clock) {
    this.system = system;
    this.manager = manager;
    this.clock = clock;
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
    String url = URL_PREFIX + request.queueName();
    queue(url);
    return GetQueueUrlResponse.builder().queueUrl(url).build();
  }

  /** Returns the numbers of messages; there are no other attributes. */
  @Override
  public GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
    QueueStatistics counts =
        ask(
            queue(request.queueUrl()),
            new GetQueueStatistics(clock.nowMillis()),
            QueueStatistics.class,
            TIMEOUT);
    Map<QueueAttributeName, Long> all =
        Map.of(
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
            counts.approximateNumberOfVisibleMessages(),
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
            counts.approximateNumberOfInvisibleMessages(),
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED,
            counts.approximateNumberOfMessagesDelayed());
    return GetQueueAttributesResponse.builder()
        .attributes(
            all.entrySet().stream()
                .filter(count -> isWanted(count.getKey(), request.attributeNames()))
                .collect(Collectors.toMap(Map.Entry::getKey, count -> count.getValue().toString())))
        .build();
  }

  private static boolean isWanted(QueueAttributeName name, List<QueueAttributeName> names) {
    return names.contains(name) || names.contains(QueueAttributeName.ALL);
  }

  @Override
  public SendMessageResponse sendMessage(SendMessageRequest request) {
    if (!request.messageAttributes().isEmpty() || !request.messageSystemAttributes().isEmpty()) {
      throw new UnsupportedOperationException("The embedded queues keep no message attributes.");
    }
    String body = request.messageBody();
    if (body == null || Limits.verifyMessageBody(body, StrictSQSLimits$.MODULE$).isLeft()) {
      throw refusal(
          InvalidMessageContentsException.builder(),
          "InvalidMessageContents",
          "The message is empty, too long or holds characters that XML does not allow.");
    }
    MessageData sent =
        ask(
            queue(request.queueUrl()),
            new SendMessage(message(body, request.delaySeconds())),
            MessageData.class,
            TIMEOUT);
    return SendMessageResponse.builder()
        .messageId(sent.id().id())
        .md5OfMessageBody(MD5Util.md5Digest(body))
        .build();
  }

  private static NewMessageData message(String body, @Nullable Integer delaySeconds) {
    NextDelivery delivery =
        delaySeconds == null || delaySeconds == 0
            ? ImmediateNextDelivery$.MODULE$
            : new AfterMillisNextDelivery(Duration.ofSeconds(delaySeconds).toMillis());
    return new NewMessageData(
        Option.empty(),
        new MessageContent(body),
        Map$.MODULE$.empty(),
        delivery,
        Option.empty(),
        Option.empty(),
        0,
        Option.empty(),
        Option.empty(),
        Option.empty());
  }

  @Override
  public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
    Integer visibility = request.visibilityTimeout();
    Integer count = request.maxNumberOfMessages();
    Duration wait =
        Duration.ofSeconds(request.waitTimeSeconds() == null ? 0 : request.waitTimeSeconds());
    scala.collection.immutable.List<?> received =
        ask(
            queue(request.queueUrl()),
            new ReceiveMessages(
                visibility == null ? DefaultVisibilityTimeout$.MODULE$ : seconds(visibility),
                count == null ? 1 : count,
                Option.apply(wait),
                Option.empty()),
            scala.collection.immutable.List.class,
            TIMEOUT.plus(wait));
    Set<String> names = Set.copyOf(request.messageSystemAttributeNamesAsStrings());
    return ReceiveMessageResponse.builder()
        .messages(
            CollectionConverters.asJava(received).stream()
                .map(MessageData.class::cast)
                .map(message -> message(message, names))
                .toList())
        .build();
  }

  private static Message message(MessageData data, Set<String> names) {
    Map<String, String> attributes = new HashMap<>();
    attributes.put("SentTimestamp", Long.toString(data.created().toInstant().toEpochMilli()));
    attributes.put(
        "ApproximateReceiveCount", Integer.toString(data.statistics().approximateReceiveCount()));
    if (data.statistics().approximateFirstReceive() instanceof OnDateTimeReceived first) {
      attributes.put(
          "ApproximateFirstReceiveTimestamp",
          Long.toString(first.when().toInstant().toEpochMilli()));
    }
    if (!names.contains(MessageSystemAttributeName.ALL.toString())) {
      attributes.keySet().retainAll(names);
    }
    String body = data.content().value();
    return Message.builder()
        .messageId(data.id().id())
        .receiptHandle(data.deliveryReceipt().get().receipt())
        .body(body)
        .md5OfBody(MD5Util.md5Digest(body))
        .attributesWithStrings(attributes)
        .build();
  }

  @Override
  public DeleteMessageResponse deleteMessage(DeleteMessageRequest request) {
    settle(request.queueUrl(), new DeleteMessage(new DeliveryReceipt(request.receiptHandle())));
    return DeleteMessageResponse.builder().build();
  }

  @Override
  public ChangeMessageVisibilityResponse changeMessageVisibility(
      ChangeMessageVisibilityRequest request) {
    settle(
        request.queueUrl(),
        new UpdateVisibilityTimeout(
            new DeliveryReceipt(request.receiptHandle()), seconds(request.visibilityTimeout())));
    return ChangeMessageVisibilityResponse.builder().build();
  }

  /** Sends a message about a receipt, which the queue may not know. */
  private void settle(String url, Object message) {
    if (ask(queue(url), message, Either.class, TIMEOUT).isLeft()) {
      throw refusal(
          ReceiptHandleIsInvalidException.builder(),
          "ReceiptHandleIsInvalid",
          "The receipt handle is not that of the message's latest delivery.");
    }
  }

  private static VisibilityTimeout seconds(int seconds) {
    return new MillisVisibilityTimeout(Duration.ofSeconds(seconds).toMillis());
  }

  @Override
  public PurgeQueueResponse purgeQueue(PurgeQueueRequest request) {
    ask(queue(request.queueUrl()), new ClearQueue(), Object.class, TIMEOUT);
    return PurgeQueueResponse.builder().build();
  }

  private ActorRef queue(String url) {
    String name = url.substring(url.lastIndexOf('/') + 1);
    Option<?> found = ask(manager, new LookupQueue(name), Option.class, TIMEOUT);
    if (found.isEmpty()) {
      throw refusal(
          QueueDoesNotExistException.builder(),
          "QueueDoesNotExist",
          "The specified queue does not exist.");
    }
    return (ActorRef) found.get();
  }

  /** Sends a message to an actor and waits for its reply. */
  private static <T> T ask(ActorRef actor, Object message, Class<T> reply, Duration timeout) {
    CompletionStage<Object> asked = Patterns.ask(actor, message, timeout);
    try {
      return reply.cast(asked.toCompletableFuture().join());
    } catch (CompletionException e) {
      if (e.getCause() instanceof AskTimeoutException) {
        throw ApiCallTimeoutException.create(timeout.toMillis());
      }
      throw (SqsException)
          SqsException.builder()
              .message("The queue failed.")
              .statusCode(500)
              .awsErrorDetails(details("InternalError", "The queue failed."))
              .cause(e.getCause())
              .build();
    }
  }

  private static SqsException refusal(SqsException.Builder error, String code, String message) {
    return (SqsException)
        error.message(message).statusCode(400).awsErrorDetails(details(code, message)).build();
  }

  private static AwsErrorDetails details(String code, String message) {
    return AwsErrorDetails.builder()
        .serviceName(SERVICE_NAME)
        .errorCode(code)
        .errorMessage(message)
        .build();
  }

  /** Waits until the messages in progress are stored, and stops. */
  @Override
  public void close() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }
}
