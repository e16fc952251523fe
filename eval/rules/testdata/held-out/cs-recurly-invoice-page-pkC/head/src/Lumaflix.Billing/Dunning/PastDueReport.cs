using System.Net.Http.Json;
using System.Text.Json.Serialization;

namespace Lumaflix.Billing.Dunning;

/// <summary>The client has base address, key and Accept header from RecurlySetup.</summary>
public sealed class PastDueReport
{
    private readonly HttpClient _recurly;
    private readonly IReportSink _sink;

    public PastDueReport(HttpClient recurly, IReportSink sink)
    {
        _recurly = recurly;
        _sink = sink;
    }

    public async Task WriteAsync(DateOnly day, CancellationToken ct)
    {
        using var response = await _recurly.GetAsync("invoices?state=past_due&limit=200&sort=created_at&order=asc", ct);
        response.EnsureSuccessStatusCode();
        var list = await response.Content.ReadFromJsonAsync<InvoiceList>(ct)
            ?? throw new RecurlyException("empty invoice list");

        var total = list.Data.Sum(invoice => invoice.Balance);
        await _sink.WriteAsync(day, list.Data.Select(i => new PastDueRow(i.Number, i.Account.Code, i.Balance, i.Currency)), ct);
        await _sink.WriteTotalAsync(day, list.Data.Count, total, ct);
    }

    private sealed record InvoiceList(
        [property: JsonPropertyName("has_more")] bool HasMore,
        [property: JsonPropertyName("next")] string? Next,
        [property: JsonPropertyName("data")] List<RecurlyInvoice> Data);
}
