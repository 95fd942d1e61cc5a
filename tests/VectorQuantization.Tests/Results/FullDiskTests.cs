using System.Diagnostics;
using VectorQuantization.Problems;
using VectorQuantization.Results;
using Xunit;

namespace VectorQuantization.Tests.Results;

/// <summary>A real disk of 96 KB, where this process may mount one.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_row_that_no_longer_fits_is_refused_and_those_before_it_stay()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root may mount a small disk.");
        Directory.CreateDirectory(folder.File("disk"));
        Assert.SkipUnless(
            Run("mount", "-t", "tmpfs", "-o", "size=96k", "tmpfs", folder.File("disk")),
            "Can't mount here."
        );
        try
        {
            var database = new ResultDatabase(folder.File("disk/vq.db"));
            var written = 0;
            var refused = Assert.Throws<BadInputException>(() =>
            {
                for (; written < 1000; written++)
                    database.Write(Example.Row(seed: (ulong)written), RepeatedCell.Skip);
            });
            Assert.Contains("its disk is full", refused.Message);
            Assert.Equal(written, database.Rows().Count);
            Assert.True(written > 0);
        }
        finally
        {
            Run("umount", folder.File("disk"));
        }
    }

    public void Dispose() => folder.Dispose();

    private static bool Run(string program, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
