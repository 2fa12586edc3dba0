using Xunit.Runner.InProc.SystemConsole;

namespace PolicyHub.Records.Tests;

/// <summary>The tests; called with <c>child</c>, the second process that some of them need.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => args is ["child", ..] ? Child.RunAsync(args[1..]) : ConsoleRunner.Run(args);
}
