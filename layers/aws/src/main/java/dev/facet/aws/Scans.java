package dev.facet.aws;

import static dev.facet.aws.AwsFaults.calling;

import java.util.Iterator;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/** Scans of whole tables, whose exceptions are converted to faults. */
final class Scans {

  private Scans() {}

  /** Returns the items of a scan, page by page while they are read. */
  static Stream<Map<String, AttributeValue>> items(
      DynamoDbClient client, Consumer<ScanRequest.Builder> scan) {
    return lazily(client.scanPaginator(scan).items().iterator());
  }

  /** Returns a stream of a paginator's elements that converts the exceptions of its calls. */
  static <T> Stream<T> lazily(Iterator<T> paginated) {
    Iterator<T> converting =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return calling(paginated::hasNext);
          }

          @Override
          public T next() {
            return calling(paginated::next);
          }
        };
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(converting, Spliterator.ORDERED), false);
  }
}
