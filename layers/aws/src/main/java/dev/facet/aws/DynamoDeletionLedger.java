package dev.facet.aws;

import static dev.facet.aws.AwsFaults.calling;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.erasure.DeletionLedger;
import dev.facet.core.gallery.DeletionEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@link DeletionLedger} in its own table; reading scans it. */
public final class DynamoDeletionLedger implements DeletionLedger {

  private final DynamoDbClient client;
  private final String table;

  /** Creates access to the ledger among a deployment's tables. */
  public DynamoDeletionLedger(DynamoDbClient client, Tables tables) {
    this.client = client;
    this.table = tables.ledger();
  }

  @Override
  public void applicationErased(ApplicationId application, Instant at) {
    calling(
        () ->
            client.putItem(put -> put.tableName(table).item(DeletionItems.write(application, at))));
  }

  @Override
  public List<ApplicationId> erasedApplications() {
    return items()
        .filter(DeletionItems::isApplication)
        .map(DeletionItems::applicationFrom)
        .toList();
  }

  @Override
  public Stream<DeletionEntry> deletions() {
    return items().filter(row -> !DeletionItems.isApplication(row)).map(DeletionItems::from);
  }

  private Stream<Map<String, AttributeValue>> items() {
    return Scans.items(client, scan -> scan.tableName(table).consistentRead(true));
  }
}
