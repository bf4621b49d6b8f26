package dev.facet.aws;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.Subject;
import dev.facet.core.gallery.Write;
import dev.facet.core.images.ImageKey;
import dev.facet.core.subjects.PersonId;
import dev.facet.core.subjects.SubjectId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Subjects as items. Only the version of an image's key is stored; the rest of the key is the
 * application and the subject.
 */
final class SubjectItems {

  private static final String ID = "id";
  private static final String TEMPLATES = "templates";
  private static final String MODEL = "model";
  private static final String QUALITY = "quality";
  private static final String IMAGE = "image";
  private static final String GUID = "guid";
  private static final String USER_IDENTIFIER = "userIdentifier";
  private static final String CREATED = "created";
  private static final String UPDATED = "updated";
  private static final String SEQ = "seq";
  private static final String APPLICATION = "application";
  private static final String SPACE = "space";
  private static final String EXCLUDED = "excluded";

  /** The schema of the item of an excluded subject: older versions would let it match. */
  private static final long EXCLUDING = 2;

  private SubjectItems() {}

  static Map<String, AttributeValue> key(GalleryId gallery, SubjectId subject) {
    return Item.key(StoreKeys.subject(gallery, subject), StoreKeys.SINGLE);
  }

  /**
   * Returns the item of a subject.
   *
   * @param seq the log entry that holds its templates
   */
  private static Item write(GalleryId gallery, Subject subject, long seq) {
    ImageKey image = subject.image();
    PersonId guid = subject.guid();
    Item item =
        Item.under(key(gallery, subject.id()))
            .text(ID, subject.id().value())
            .set(TEMPLATES, TemplateItems.write(subject.templates()))
            .text(MODEL, subject.model())
            .fraction(QUALITY, subject.quality())
            .text(IMAGE, image == null ? null : image.version())
            .text(GUID, guid == null ? null : guid.value())
            .text(USER_IDENTIFIER, subject.userIdentifier())
            .time(CREATED, subject.created())
            .time(UPDATED, subject.updated())
            .number(SEQ, seq)
            .text(APPLICATION, gallery.application().toString())
            .text(SPACE, gallery.space());
    return subject.excluded() ? item.flag(EXCLUDED, true).markedAs(EXCLUDING) : item;
  }

  /**
   * Returns the write of an effect of a commit, on condition that its previous record is stored.
   */
  static TransactWriteItem apply(
      String table, GalleryId gallery, Write.Effect effect, long committed) {
    Subject before = effect.before();
    String condition = condition(before);
    @Nullable Map<String, AttributeValue> values =
        before == null || before.seq() == Subject.NO_SEQ
            ? null
            : Item.part().number(":before", before.seq()).attributes();
    return switch (effect) {
      case Write.Store(var subject, _) ->
          TransactWriteItem.builder()
              .put(
                  put ->
                      put.tableName(table)
                          .item(write(gallery, subject, committed).attributes())
                          .conditionExpression(condition)
                          .expressionAttributeValues(values))
              .build();
      case Write.Drop(var subject) ->
          TransactWriteItem.builder()
              .delete(
                  delete ->
                      delete
                          .tableName(table)
                          .key(key(gallery, subject.id()))
                          .conditionExpression(condition)
                          .expressionAttributeValues(values))
              .build();
    };
  }

  /** Returns the change of a stored record whose templates another log entry holds from now on. */
  static TransactWriteItem moved(String table, GalleryId gallery, SubjectId subject, long seq) {
    return TransactWriteItem.builder()
        .update(
            update ->
                update
                    .tableName(table)
                    .key(key(gallery, subject))
                    .updateExpression(
                        "SET #seq = :seq, #application = :application, #space = :space")
                    .conditionExpression("attribute_exists(pk)")
                    .expressionAttributeNames(
                        Map.of("#seq", SEQ, "#application", APPLICATION, "#space", SPACE))
                    .expressionAttributeValues(
                        Item.part()
                            .number(":seq", seq)
                            .text(":application", gallery.application().toString())
                            .text(":space", gallery.space())
                            .attributes()))
        .build();
  }

  /** Returns the gallery of a record; empty if an older version wrote it, which named none. */
  static Optional<GalleryId> galleryFrom(Map<String, AttributeValue> row) {
    Item item = Item.from(row, EXCLUDING);
    String application = item.textOrNull(APPLICATION);
    return application == null
        ? Optional.empty()
        : Optional.of(new GalleryId(ApplicationId.parse(application), item.text(SPACE)));
  }

  private static String condition(@Nullable Subject before) {
    if (before == null) {
      return "attribute_not_exists(pk)";
    }
    return before.seq() == Subject.NO_SEQ
        ? "attribute_exists(pk) AND attribute_not_exists(seq)"
        : "seq = :before";
  }

  static Subject from(ApplicationId application, Map<String, AttributeValue> row) {
    Item item = Item.from(row, EXCLUDING);
    SubjectId id = new SubjectId(item.text(ID));
    return new Subject(
        id,
        TemplateItems.from(item.list(TEMPLATES)),
        item.text(MODEL),
        item.fractionOrNull(QUALITY),
        image(application, id, item.textOrNull(IMAGE)),
        person(item.textOrNull(GUID)),
        item.textOrNull(USER_IDENTIFIER),
        item.time(CREATED),
        item.time(UPDATED),
        item.numberOr(SEQ, Subject.NO_SEQ),
        item.flagOr(EXCLUDED, false));
  }

  private static @Nullable ImageKey image(
      ApplicationId application, SubjectId subject, @Nullable String version) {
    return version == null ? null : new ImageKey(application, subject, version);
  }

  private static @Nullable PersonId person(@Nullable String guid) {
    return guid == null ? null : new PersonId(guid);
  }
}
