using System.Diagnostics;
using System.IO.Compression;
using System.Text;

namespace PolicyHub.Testing;

/// <summary>Does with an evidence pack what its <c>VERIFY.md</c> says, in a shell that finds git and sha256sum and nothing else.</summary>
public static class VerifyShell
{
    /// <summary>Unpacks the file, pastes every block, and gives what the shell and git said.</summary>
    /// <param name="folder">An empty folder.</param>
    /// <param name="copy">The repository that the auditor has a copy of.</param>
    public static string Run(string file, string copy, TemporaryFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        Directory.CreateDirectory(folder["bin"]);
        foreach (var program in new[] { "git", "sha256sum" })
        {
            File.CreateSymbolicLink(folder[$"bin/{program}"], Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(place => Path.Combine(place, program)).First(File.Exists));
        }

        ZipFile.ExtractToDirectory(file, folder["pack"]);
        Directory.CreateSymbolicLink(folder["copy.git"], copy);
        var (blocks, isCode) = (new StringBuilder(), false);
        foreach (var line in File.ReadLines(folder["pack/VERIFY.md"]))
        {
            isCode = isCode ? line != "```" : line == "```sh";
            blocks.Append(isCode && line != "```sh" ? line + "\n" : "");
        }

        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = folder["pack"], UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment.Clear();
        start.Environment["PATH"] = folder["bin"];
        start.Environment["HOME"] = folder["bin"];
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec 2>&1\n" + blocks);
        using var shell = Process.Start(start)!;
        shell.StandardInput.Close();
        return shell.StandardOutput.ReadToEnd();
    }
}
