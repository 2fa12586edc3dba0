using PolicyHub.Testing;
using PolicyHub.Web.Tests;

[assembly: AssemblyFixture(typeof(SharedServer))]

namespace PolicyHub.Web.Tests;

/// <summary>Ends the tests' PostgreSQL, where one was started, when all have run.</summary>
public sealed class SharedServer : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await PostgreSqlServer.StopSharedAsync();
}
