using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using Expflow.Problems;
using Expflow.Projects;

namespace Expflow.Pruning;

/// <summary>Moves folders into a compressed archive. Nothing is removed before the archive has been read back and found equal.</summary>
/// <param name="project">The project.</param>
/// <param name="time">Gives the archive its name.</param>
public sealed class Archiver(ProjectFolder project, TimeProvider time)
{
    /// <summary>Archives all items of a plan, and then removes their folders.</summary>
    public ArchiveOutcome Archive(PrunePlan plan)
    {
        var path = FreePath();
        var draft = path + ".draft";
        try
        {
            Directory.CreateDirectory(project.Archive);
            var written = Write(draft, plan);
            if (Difference(draft, written) is { } changed)
            {
                File.Delete(draft);
                return new ArchiveOutcome.Refused(
                    new(
                        $"'{changed}' changed while it was archived. Nothing was removed. Run it again when nothing works on it."
                    )
                );
            }
            File.Move(draft, path);
        }
        // The disk is full, a file can't be read: all folders still stand.
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            File.Delete(draft);
            return new ArchiveOutcome.Refused(
                new($"The archive could not be written: {failure.Message.TrimEnd('.')}. Nothing was removed.")
            );
        }
        var bytes = new FileInfo(path).Length;
        return Remove(plan) is { } problem
            ? new ArchiveOutcome.NotRemoved(path, bytes, problem)
            : new ArchiveOutcome.Archived(path, bytes);
    }

    private string FreePath()
    {
        var name = time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        for (var turn = 0; ; turn++)
        {
            var path = Path.Combine(project.Archive, turn == 0 ? $"{name}.tar.gz" : $"{name}-{turn}.tar.gz");
            if (!File.Exists(path))
                return path;
        }
    }

    private List<string> Write(string draft, PrunePlan plan)
    {
        var written = new List<string>();
        using var file = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None);
        using (var zip = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true))
        using (var tar = new TarWriter(zip, TarEntryFormat.Pax))
            foreach (var item in plan.Items)
            foreach (var entry in FolderContent.Walk(new(Path.Combine(project.Root, item.Path))))
            {
                var name = Path.GetRelativePath(project.Root, entry.FullName);
                // Links go in as links: what they point to is not ours.
                tar.WriteEntry(entry.FullName, name);
                written.Add(name);
            }
        file.Flush(flushToDisk: true);
        return written;
    }

    // The first entry that is not what stands on the disk now; null when all are.
    private string? Difference(string draft, List<string> written)
    {
        using var zip = new GZipStream(File.OpenRead(draft), CompressionMode.Decompress);
        using var tar = new TarReader(zip);
        var next = 0;
        while (tar.GetNextEntry() is { } entry)
        {
            if (next == written.Count || entry.Name.TrimEnd('/') != written[next] || !IsSame(entry))
                return entry.Name;
            next++;
        }
        return next == written.Count ? null : written[next];
    }

    private bool IsSame(TarEntry entry)
    {
        var path = Path.Combine(project.Root, entry.Name.TrimEnd('/'));
        switch (entry.EntryType)
        {
            case TarEntryType.Directory:
                return Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null;
            case TarEntryType.SymbolicLink:
                return new FileInfo(path).LinkTarget == entry.LinkName;
            case TarEntryType.RegularFile:
                var file = new FileInfo(path);
                if (!file.Exists || file.LinkTarget is not null || file.Length != entry.Length)
                    return false;
                using (var stands = file.OpenRead())
                    return entry.DataStream is null ? file.Length == 0 : SameBytes(stands, entry.DataStream);
            // A second name of a file that is already in the archive, as git's or a user's program makes them.
            case TarEntryType.HardLink:
                return File.Exists(path);
            default:
                return false;
        }
    }

    private static bool SameBytes(Stream one, Stream other)
    {
        var (a, b) = (new byte[1 << 16], new byte[1 << 16]);
        while (true)
        {
            var read = one.ReadAtLeast(a, a.Length, throwOnEndOfStream: false);
            var same = other.ReadAtLeast(b, b.Length, throwOnEndOfStream: false);
            if (read != same || !a.AsSpan(0, read).SequenceEqual(b.AsSpan(0, same)))
                return false;
            if (read < a.Length)
                return true;
        }
    }

    private Problem? Remove(PrunePlan plan)
    {
        var left = new List<string>();
        foreach (var item in plan.Items)
            try
            {
                // Checked once more: a link that was put in its place since then would lead elsewhere.
                if (FolderContent.Objection(project.Root, item.Path) is { } objection)
                    left.Add($"'{item.Path}' {objection}");
                else
                    Directory.Delete(Path.Combine(project.Root, item.Path), recursive: true);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                left.Add($"'{item.Path}' can't be removed ({failure.Message.TrimEnd('.')})");
            }
        return left.Count == 0
            ? null
            : new($"{string.Join("; ", left)}. It stands in the archive, too, and can be removed by hand.");
    }
}
