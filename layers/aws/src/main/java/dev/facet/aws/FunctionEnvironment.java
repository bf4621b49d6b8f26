package dev.facet.aws;

import dev.facet.core.embeddings.MatchingRules;
import dev.facet.core.subjects.SubjectIds;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables of the functions: their names, and typed access to their values.
 * Deployments set variables by the same constants.
 *
 * <p>An accessor without a default throws {@link IllegalStateException} if its variable is absent.
 * Safe for concurrent use.
 */
public final class FunctionEnvironment {

  /** Name of the data table ({@link Tables#data}). */
  public static final String DATA_TABLE = "FACET_DATA_TABLE";

  /** Name of the table of API keys ({@link Tables#keys}). */
  public static final String KEYS_TABLE = "FACET_KEYS_TABLE";

  /** Name of the table of deletions ({@link Tables#ledger}). */
  public static final String LEDGER_TABLE = "FACET_LEDGER_TABLE";

  /** Whether the data table is used only after a restore ({@link Tables#adopted}). */
  public static final String DATA_ADOPTED = "FACET_DATA_ADOPTED";

  /** Name of the bucket of photos. */
  public static final String IMAGES_BUCKET = "FACET_IMAGES_BUCKET";

  /** Name or ARN of the face function, with the alias to invoke. */
  public static final String FACE_FUNCTION = "FACET_FACE_FUNCTION";

  /** Comma-separated CORS origins that may read responses; all by default. */
  public static final String ALLOW_ORIGINS = "FACET_ALLOW_ORIGINS";

  /** Lowest encryption version that {@code /node} accepts, 1..3; 1 by default. */
  public static final String ENCRYPTION_FLOOR = "FACET_ENCRYPTION_FLOOR";

  /** URL of the queue of enrolments. */
  public static final String ENROL_QUEUE = "FACET_ENROL_QUEUE";

  /** URL of the enrolment queue's dead-letter queue. */
  public static final String DEAD_LETTERS = "FACET_DEAD_LETTERS";

  /** The KMS key that encrypts the data keys of jobs. */
  public static final String JOB_KEY = "FACET_JOB_KEY";

  /** The KMS key that authenticates the ids of jobs. */
  public static final String JOB_MAC_KEY = "FACET_JOB_MAC_KEY";

  /**
   * Comma-separated folders of the model bundles, that of new galleries first; the face function's
   * image sets it.
   */
  public static final String BUNDLES = "FACET_BUNDLES";

  /** Folder of the only model bundle, which older deployments set instead of {@link #BUNDLES}. */
  public static final String BUNDLE = "FACET_BUNDLE";

  /** Maximum number of templates of a gallery; 40,000 by default. */
  public static final String MAX_TEMPLATES = "FACET_MAX_TEMPLATES";

  /** Prefix of subjects' ids; {@link SubjectIds#NEC_PREFIX} by default. */
  public static final String ID_PREFIX = "FACET_ID_PREFIX";

  /** Thresholds of {@code /node} ({@link MatchingRules#parse}). */
  public static final String MATCHING = "FACET_MATCHING";

  /** Name of the deployment in metrics; {@code Facet} by default. */
  public static final String SERVICE = "FACET_SERVICE";

  /** Path of the {@code java} command, for the start script of the face function's image. */
  public static final String JAVA = "FACET_JAVA";

  // set by Lambda
  private static final String FUNCTION_NAME = "AWS_LAMBDA_FUNCTION_NAME";
  private static final String INITIALIZATION_TYPE = "AWS_LAMBDA_INITIALIZATION_TYPE";

  private static final String DEFAULT_SERVICE = "Facet";
  private static final String ALL_ORIGINS = "*";
  private static final int DEFAULT_ENCRYPTION_FLOOR = 0;
  private static final long DEFAULT_MAX_TEMPLATES = 40_000;

  private final Map<String, String> variables;

  /** Creates an environment of the given variables. */
  public FunctionEnvironment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /** Returns the environment of this process. */
  public static FunctionEnvironment ofProcess() {
    return new FunctionEnvironment(System.getenv());
  }

  /** Returns whether this is a function's process in Lambda. */
  public boolean isLambda() {
    return variables.containsKey(FUNCTION_NAME);
  }

  /** Returns whether Lambda takes a SnapStart snapshot after the initialization. */
  public boolean isSnapStart() {
    return "snap-start".equals(find(INITIALIZATION_TYPE));
  }

  /** Returns the names of the tables. */
  public Tables tables() {
    return new Tables(
        get(DATA_TABLE),
        get(KEYS_TABLE),
        get(LEDGER_TABLE),
        Boolean.parseBoolean(find(DATA_ADOPTED)));
  }

  /** Returns {@link #IMAGES_BUCKET}. */
  public String imagesBucket() {
    return get(IMAGES_BUCKET);
  }

  /** Returns {@link #FACE_FUNCTION}. */
  public String faceFunction() {
    return get(FACE_FUNCTION);
  }

  /** Returns {@link #ALLOW_ORIGINS} or its default. */
  public String allowOrigins() {
    return variables.getOrDefault(ALLOW_ORIGINS, ALL_ORIGINS);
  }

  /**
   * Returns {@link #ENCRYPTION_FLOOR} or its default.
   *
   * @throws NumberFormatException if it is not an integer
   */
  public int encryptionFloor() {
    String floor = find(ENCRYPTION_FLOOR);
    return floor == null ? DEFAULT_ENCRYPTION_FLOOR : Integer.parseInt(floor);
  }

  /** Returns {@link #ENROL_QUEUE}. */
  public String enrolQueue() {
    return get(ENROL_QUEUE);
  }

  /** Returns {@link #DEAD_LETTERS}. */
  public String deadLetters() {
    return get(DEAD_LETTERS);
  }

  /** Returns {@link #JOB_KEY}. */
  public String jobKey() {
    return get(JOB_KEY);
  }

  /** Returns {@link #JOB_MAC_KEY}. */
  public String jobMacKey() {
    return get(JOB_MAC_KEY);
  }

  /** Returns {@link #BUNDLES}, or {@link #BUNDLE} alone if it is absent. */
  public List<Path> bundles() {
    String folders = find(BUNDLES);
    return folders == null
        ? List.of(Path.of(get(BUNDLE)))
        : Stream.of(folders.split(",", -1)).map(String::strip).map(Path::of).toList();
  }

  /**
   * Returns {@link #MAX_TEMPLATES} or its default.
   *
   * @throws NumberFormatException if it is not an integer
   */
  public long maxTemplates() {
    String limit = find(MAX_TEMPLATES);
    return limit == null ? DEFAULT_MAX_TEMPLATES : Long.parseLong(limit);
  }

  /** Returns {@link #ID_PREFIX} or its default. */
  public String idPrefix() {
    return variables.getOrDefault(ID_PREFIX, SubjectIds.NEC_PREFIX);
  }

  /**
   * Returns the rules of {@link #MATCHING}, or {@link MatchingRules#DEFAULT} if it is absent.
   *
   * @throws IllegalArgumentException if it does not follow {@link MatchingRules#parse}
   */
  public MatchingRules matching() {
    String rules = find(MATCHING);
    return rules == null ? MatchingRules.DEFAULT : MatchingRules.parse(rules);
  }

  /** Returns {@link #SERVICE} or its default. */
  public String service() {
    return variables.getOrDefault(SERVICE, DEFAULT_SERVICE);
  }

  private @Nullable String find(String name) {
    return variables.get(name);
  }

  private String get(String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new IllegalStateException("the function's environment lacks " + name);
    }
    return value;
  }
}
