using PolicyHub.Records.Storage;
using PolicyHub.Records.Tests;
using PolicyHub.Testing;

[assembly: AssemblyFixture(typeof(SharedServer))]

namespace PolicyHub.Records.Tests;

/// <summary>Every database that records may be in: what each test of Records runs on.</summary>
public sealed class Databases : TheoryData<RecordsProvider>
{
    public Databases() => AddRange(Enum.GetValues<RecordsProvider>());
}

/// <summary>Ends the tests' PostgreSQL when all have run.</summary>
public sealed class SharedServer : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await PostgreSqlServer.StopSharedAsync();
}
