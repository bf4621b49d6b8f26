package dev.facet.aws;

import dev.facet.core.gallery.LogEntry;
import dev.facet.core.gallery.LogErasureStore.Erased;
import dev.facet.core.subjects.SubjectId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The removal of changes from a log entry, by their places, on condition that they are still there.
 * All other attributes of the item stay as they are.
 */
final class ChangeRemoval {

  private final List<String> removals = new ArrayList<>();
  private final List<String> conditions = new ArrayList<>();
  private final Map<String, AttributeValue> values = new HashMap<>();
  private Erased erased = Erased.NOTHING;

  private ChangeRemoval() {}

  /** Returns the removal of the templates of these subjects from an item. */
  static ChangeRemoval of(Map<String, AttributeValue> row, Set<SubjectId> subjects) {
    ChangeRemoval removal = new ChangeRemoval();
    LogEntry entry = LogItems.entryFrom(row);
    for (int place = 0; place < entry.changes().size(); place++) {
      var change = entry.changes().get(place);
      if (!change.templates().isEmpty() && subjects.contains(change.subject())) {
        removal.add(place, change.subject(), LogEntry.bytes(change));
      }
    }
    return removal;
  }

  private void add(int place, SubjectId subject, long bytes) {
    removals.add("#writes[%d]".formatted(place));
    conditions.add("#writes[%d].#subject = :subject%d".formatted(place, place));
    conditions.add("attribute_exists(#writes[%d].#templates)".formatted(place));
    values.put(":subject" + place, AttributeValue.fromS(subject.value()));
    erased = new Erased(erased.changes() + 1, erased.bytes() + bytes);
  }

  boolean isEmpty() {
    return removals.isEmpty();
  }

  Erased erased() {
    return erased;
  }

  UpdateItemRequest.Builder apply(UpdateItemRequest.Builder update) {
    return update
        .updateExpression("REMOVE " + String.join(", ", removals))
        .conditionExpression(String.join(" AND ", conditions))
        .expressionAttributeNames(LogItems.CHANGE_NAMES)
        .expressionAttributeValues(values);
  }
}
