using System.Diagnostics;

namespace PolicyHub.Testing;

/// <summary>A script that a test lets stand in for a program.</summary>
public static class TestProgram
{
    /// <summary>
    /// Writes it by a process of its own. Were it written by this one, a process that another test starts at that moment would inherit the open
    /// file, and running the script would fail with “text file busy”.
    /// </summary>
    public static void Write(string path, string text)
    {
        var start = new ProcessStartInfo("install") { UseShellExecute = false, RedirectStandardInput = true };
        foreach (var argument in new[] { "-m", "755", "/dev/stdin", path })
        {
            start.ArgumentList.Add(argument);
        }

        using var install = Process.Start(start)!;
        install.StandardInput.Write("#!/bin/sh\n" + text);
        install.StandardInput.Close();
        install.WaitForExit();
        if (install.ExitCode != 0)
        {
            throw new IOException($"The script {path} could not be written.");
        }
    }
}
