package dev.facet.local.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The context of an invocation, above all its remaining time. */
final class Invocation implements Context, LambdaLogger {

  private static final int MEMORY_MEGABYTES = 1024;

  private final String function;
  private final UUID requestId;
  private final Instant deadline;
  private final InstantSource clock;
  private final PrintStream log;

  Invocation(
      String function, UUID requestId, Instant deadline, InstantSource clock, PrintStream log) {
    this.function = function;
    this.requestId = requestId;
    this.deadline = deadline;
    this.clock = clock;
    this.log = log;
  }

  @Override
  public int getRemainingTimeInMillis() {
    return Math.toIntExact(Math.max(0, Duration.between(clock.instant(), deadline).toMillis()));
  }

  @Override
  public String getAwsRequestId() {
    return requestId.toString();
  }

  @Override
  public String getFunctionName() {
    return function;
  }

  @Override
  public String getFunctionVersion() {
    return "$LATEST";
  }

  @Override
  public String getInvokedFunctionArn() {
    return "arn:aws:lambda:local:000000000000:function:" + function;
  }

  @Override
  public String getLogGroupName() {
    return "/aws/lambda/" + function;
  }

  @Override
  public String getLogStreamName() {
    return "local";
  }

  @Override
  public int getMemoryLimitInMB() {
    return MEMORY_MEGABYTES;
  }

  @Override
  public LambdaLogger getLogger() {
    return this;
  }

  @Override
  public void log(String message) {
    log.print(message);
  }

  @Override
  public void log(byte[] message) {
    log(new String(message, StandardCharsets.UTF_8));
  }

  @Override
  @SuppressWarnings("NullAway") // Lambda returns null too, unless a mobile SDK calls
  public @Nullable CognitoIdentity getIdentity() {
    return null;
  }

  @Override
  @SuppressWarnings("NullAway") // as above
  public @Nullable ClientContext getClientContext() {
    return null;
  }
}
