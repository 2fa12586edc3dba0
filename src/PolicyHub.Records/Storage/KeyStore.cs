using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql;

namespace PolicyHub.Records.Storage;

/// <summary>One of the keys that sign forms and seal what stands in cookies; all processes share them.</summary>
public sealed class DataKey
{
    public required string Id { get; init; }

    public required string Xml { get; init; }
}

internal sealed class DataKeyConfiguration : IEntityTypeConfiguration<DataKey>
{
    public void Configure(EntityTypeBuilder<DataKey> builder)
    {
        builder.ToTable("DataKeys");
        builder.Property(key => key.Id).HasMaxLength(200);
    }
}

/// <summary>Reads and adds keys, without a model: the first form of a start needs them.</summary>
public sealed class KeyStore(RecordsLocation location)
{
    public IReadOnlyList<string> ReadAll()
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = """SELECT "Xml" FROM "DataKeys" ORDER BY "Id";""";
        using var rows = command.ExecuteReader();
        var found = new List<string>();
        while (rows.Read())
        {
            found.Add(rows.GetString(0));
        }

        return found;
    }

    public void Add(string id, string xml)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = """INSERT INTO "DataKeys" ("Id", "Xml") VALUES (@id, @xml);""";
        Set(command, "@id", id);
        Set(command, "@xml", xml);
        command.ExecuteNonQuery();
    }

    private static void Set(DbCommand command, string name, string value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }

    private DbConnection Open()
    {
        DbConnection connection = location.Provider == RecordsProvider.Sqlite ? new SqliteConnection(location.Connection) : new NpgsqlConnection(location.Connection);
        connection.Open();
        return connection;
    }
}
