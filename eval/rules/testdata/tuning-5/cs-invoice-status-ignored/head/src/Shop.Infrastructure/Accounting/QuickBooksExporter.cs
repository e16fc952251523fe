using System.Net.Http.Json;
using Microsoft.Extensions.Logging;
using Shop.Application.Invoices;

namespace Shop.Infrastructure.Accounting;

/// <summary>The typed client has base address, token handler and a timeout of 15 seconds.</summary>
public sealed class QuickBooksExporter(
    HttpClient http,
    IInvoiceRepository invoices,
    TimeProvider time,
    ILogger<QuickBooksExporter> logger) : IInvoiceExporter
{
    private sealed record Line(decimal Amount, string DetailType, string Description);

    private sealed record InvoiceDto(string DocNumber, string CustomerRef, string CurrencyRef, IReadOnlyList<Line> Line);

    public async Task ExportAsync(Guid invoiceId, CancellationToken ct)
    {
        var invoice = await invoices.GetAsync(invoiceId, ct);
        if (invoice.ExportedAt is not null)
        {
            return;
        }

        var dto = new InvoiceDto(
            invoice.Number,
            invoice.CustomerReference,
            invoice.Currency,
            invoice.Lines.Select(l => new Line(l.NetAmount, "SalesItemLineDetail", l.Text)).ToList());

        await http.PostAsJsonAsync($"invoice?minorversion=70&requestid={invoiceId:N}", dto, ct);

        invoice.MarkExported(time.GetUtcNow());
        await invoices.SaveAsync(invoice, ct);
        logger.LogInformation("Invoice {InvoiceId} exported to QuickBooks", invoiceId);
    }
}
