interface SchemaError {
  readonly instancePath: string;
  readonly message?: string;
}

interface Validator {
  (data: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

export declare const v3_notebook: Validator;
export declare const v3_raw_cell: Validator;
export declare const v3_markdown_cell: Validator;
export declare const v3_heading_cell: Validator;
export declare const v3_code_cell: Validator;
export declare const v3_pyout: Validator;
export declare const v3_display_data: Validator;
export declare const v3_stream: Validator;
export declare const v3_pyerr: Validator;
export declare const v4_notebook: Validator;
export declare const v4_raw_cell: Validator;
export declare const v4_markdown_cell: Validator;
export declare const v4_code_cell: Validator;
export declare const v4_execute_result: Validator;
export declare const v4_display_data: Validator;
export declare const v4_stream: Validator;
export declare const v4_error: Validator;
