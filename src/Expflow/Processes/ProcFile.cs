using System.Text;

namespace Expflow.Processes;

/// <summary>Reads files of <c>/proc</c>, which vanish with their process at any moment.</summary>
internal static class ProcFile
{
    /// <summary>The whole text; null when the process is gone or belongs to somebody else.</summary>
    public static string? Read(string path)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(path));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
