using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using PolicyHub.Records.Storage;
using PolicyHub.Testing;

namespace PolicyHub.Records.Tests.Storage;

public sealed class RecordsModelTests
{
    [Theory]
    [ClassData(typeof(Databases))]
    public async Task Migrations_OfEachDatabase_AreThoseOfTheModel(RecordsProvider provider)
    {
        using var records = await TestRecords.NoneYetAsync(provider);
        await using var db = records.CreateDbContext();
        Assert.False(db.Database.HasPendingModelChanges(), "The model has changed: run tools/migrate.sh.");
    }

    [Theory]
    [ClassData(typeof(Databases))]
    public void LastMigration_IsTheLastOfEachDatabase(RecordsProvider provider)
    {
        var assembly = Assembly.Load("PolicyHub.Records." + provider);
        var ids = assembly.GetTypes().Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>();
        Assert.Equal(RecordsModel.LastMigration, ids.Max(StringComparer.Ordinal));
        Assert.Contains(assembly.GetTypes(), type => type.GetCustomAttribute<DbContextAttribute>()?.ContextType == typeof(RecordsDb));
    }

    [Fact]
    public async Task Sqlite_EveryConnection_WaitsForTheDiskAtACommit()
    {
        using var records = await TestRecords.OpenAsync(RecordsProvider.Sqlite);
        await using var db = records.CreateDbContext();
        Assert.Equal(2, await db.Database.SqlQueryRaw<int>("SELECT synchronous AS Value FROM pragma_synchronous").SingleAsync());
    }
}
