package dev.facet.local.sqs;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The messages in ElasticMQ's database, which has a table of messages for each queue. */
final class PersistedMessages {

  private static final String TABLES =
      "SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'MESSAGE\\_%'";

  private PersistedMessages() {}

  /** Returns the number of messages; no other process or connection may have the database open. */
  static int count(String database) {
    try (Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement()) {
      int count = 0;
      for (String table : tables(statement)) {
        count += number(statement, "SELECT count(*) FROM \"" + table + "\"");
      }
      return count;
    } catch (SQLException e) {
      throw new IllegalStateException("The queue's database can't be read.", e);
    }
  }

  private static List<String> tables(Statement statement) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet names = statement.executeQuery(TABLES)) {
      while (names.next()) {
        tables.add(names.getString(1));
      }
    }
    return tables;
  }

  private static int number(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getInt(1);
    }
  }
}
