namespace Expflow.Slurm;

/// <summary>Rows of <c>sacct</c> and <c>sacctmgr</c> with named columns, as <c>--parsable --delimiter</c> writes them.</summary>
internal static class TableRows
{
    /// <summary>Reads rows; each field ends with <paramref name="delimiter"/>, so that a line end within a field does no harm.</summary>
    internal static List<string[]> Read(string output, int columns, char delimiter)
    {
        var rows = new List<string[]>();
        var fields = new List<string>(columns);
        foreach (var field in output.Split(delimiter))
        {
            fields.Add(fields.Count == 0 ? field.TrimStart('\n', '\r') : field);
            if (fields.Count < columns)
                continue;
            rows.Add([.. fields]);
            fields.Clear();
        }
        return rows;
    }
}
