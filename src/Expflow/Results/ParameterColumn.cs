using Expflow.Parameters;
using Expflow.Tables;

namespace Expflow.Results;

/// <summary>The values of one parameter as they come, and whether there is more than one.</summary>
internal sealed class ParameterColumn(string name)
{
    private ParameterValue? first;

    public ColumnBuilder Values { get; } = new(name) { Meaning = $"The parameter '{name}'" };

    public bool Varies { get; private set; }

    public void Add(int row, ParameterValue value)
    {
        first ??= value;
        Varies = Varies || !value.Equals(first);
        Values.FillTo(row);
        Values.Add(value);
    }
}
