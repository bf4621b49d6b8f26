package dev.facet.aws;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.gallery.Identifier;
import dev.facet.core.subjects.PersonId;
import dev.facet.core.subjects.SubjectId;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Identifiers as items. */
final class IdentifierItems {

  private static final String TEXT = "userIdentifier";
  private static final String GUID = "guid";
  private static final String SUBJECTS = "subjects";
  private static final String REVISION = "revision";

  private IdentifierItems() {}

  static Map<String, AttributeValue> key(ApplicationId application, String userIdentifier) {
    return Item.key(StoreKeys.identifier(application, userIdentifier), StoreKeys.SINGLE);
  }

  /**
   * Returns the write of an identifier, or its deletion if it has no subjects left, on condition
   * that the previous revision is stored. The guid distinguishes that revision from an equally
   * numbered one before a deletion of the identifier.
   */
  static TransactWriteItem bind(String table, Identifier identifier) {
    boolean first = identifier.revision() == 1;
    String condition = first ? "attribute_not_exists(pk)" : "revision = :before AND guid = :guid";
    @Nullable Map<String, AttributeValue> values =
        first
            ? null
            : Item.part()
                .number(":before", identifier.revision() - 1)
                .text(":guid", identifier.guid().value())
                .attributes();
    TransactWriteItem.Builder bind = TransactWriteItem.builder();
    if (identifier.subjects().isEmpty()) {
      bind.delete(
          delete ->
              delete
                  .tableName(table)
                  .key(key(identifier.application(), identifier.userIdentifier()))
                  .conditionExpression(condition)
                  .expressionAttributeValues(values));
    } else {
      bind.put(
          put ->
              put.tableName(table)
                  .item(write(identifier))
                  .conditionExpression(condition)
                  .expressionAttributeValues(values));
    }
    return bind.build();
  }

  private static Map<String, AttributeValue> write(Identifier identifier) {
    Item subjects = Item.part();
    identifier.subjects().forEach((space, subject) -> subjects.text(space, subject.value()));
    return Item.under(key(identifier.application(), identifier.userIdentifier()))
        .text(TEXT, identifier.userIdentifier())
        .text(GUID, identifier.guid().value())
        .set(SUBJECTS, subjects.asValue())
        .number(REVISION, identifier.revision())
        .attributes();
  }

  static Identifier from(Map<String, AttributeValue> row) {
    String partition = Item.from(row).text(Tables.PARTITION);
    return from(StoreKeys.applicationOf(StoreKeys.IDENTIFIER_PREFIX, partition), row);
  }

  static Identifier from(ApplicationId application, Map<String, AttributeValue> row) {
    Item item = Item.from(row);
    return new Identifier(
        application,
        item.text(TEXT),
        new PersonId(item.text(GUID)),
        item.map(SUBJECTS).entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> new SubjectId(e.getValue().s()))),
        item.number(REVISION));
  }
}
